# Asks Halo who you are. The Spartan token inside is good until «until».
«missing»& {
  $headers = @{ 'x-343-authorization-spartan' = «token»; 'Accept' = 'application/json' }
  $clearance = «clearance»
  if ($clearance) { $headers['343-clearance'] = $clearance }
  Invoke-RestMethod -Uri 'https://profile.svc.halowaypoint.com/users/me' -Headers $headers
}
