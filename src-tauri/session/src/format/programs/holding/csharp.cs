// Asks Halo who you are. Needs .NET 6 or later. The Spartan token inside is good until «until».
«missing»using System;
using System.Net.Http;

var spartanToken = «token»;
var clearanceToken = «clearance»;

using var http = new HttpClient();
using var request = new HttpRequestMessage(HttpMethod.Get, "https://profile.svc.halowaypoint.com/users/me");
request.Headers.TryAddWithoutValidation("Accept", "application/json");
request.Headers.TryAddWithoutValidation("x-343-authorization-spartan", spartanToken);
if (clearanceToken != "") request.Headers.TryAddWithoutValidation("343-clearance", clearanceToken);
using var answer = await http.SendAsync(request);
answer.EnsureSuccessStatusCode();
Console.WriteLine(await answer.Content.ReadAsStringAsync());
