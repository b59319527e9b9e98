# Asks Halo who you are. Needs the command spartan on the PATH, which hands out valid tokens; none is stored here.
& {
  $told = spartan token '--format=json'«account»
  if (-not $told) { throw "spartan returned no token (exit code $LASTEXITCODE); its message says why." }
  $tokens = $told | Out-String | ConvertFrom-Json
  $headers = @{ 'x-343-authorization-spartan' = $tokens.spartan_token; 'Accept' = 'application/json' }
  if ($tokens.clearance) { $headers['343-clearance'] = $tokens.clearance }
  Invoke-RestMethod -Uri 'https://profile.svc.halowaypoint.com/users/me' -Headers $headers
}
