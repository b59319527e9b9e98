# Asks Halo who you are. Needs the command spartan on the PATH: it gives a token that is good.
& {
  $token = spartan token«account»
  if (-not $token) { throw 'spartan gave no token. It has said why.' }
  $headers = @{ 'x-343-authorization-spartan' = $token; 'Accept' = 'application/json' }
  $clearance = spartan clearance«account»
  if ($clearance) { $headers['343-clearance'] = $clearance }
  Invoke-RestMethod -Uri 'https://profile.svc.halowaypoint.com/users/me' -Headers $headers
}
