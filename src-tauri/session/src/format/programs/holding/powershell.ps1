# Asks Halo who you are. The Spartan token inside is good until «until».
«missing»& {
  $token = «token»
  $clearance = «clearance»
  $headers = @{ 'x-343-authorization-spartan' = $token; 'Accept' = 'application/json' }
  if ($clearance) { $headers['343-clearance'] = $clearance }
  Invoke-RestMethod -Uri 'https://profile.svc.halowaypoint.com/users/me' -Headers $headers
}
