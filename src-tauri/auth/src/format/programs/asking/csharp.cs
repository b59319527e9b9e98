// Asks Halo who you are. Needs .NET 6 or later, and the command spartan on the PATH: it gives tokens that are good, and
// nothing is kept here.
using System;
using System.Diagnostics;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;

var halo = new Halo();
using var answer = await halo.Get("https://profile.svc.halowaypoint.com/users/me");
answer.EnsureSuccessStatusCode();
Console.WriteLine(await answer.Content.ReadAsStringAsync());

/// <summary>Gets with tokens that are good: new ones before the old expire, and where Halo refuses them.</summary>
class Halo
{
    static readonly string[] Spartan = { "token", "--format=json"«account» };
    readonly HttpClient http = new();
    string token = "", clearance = "";
    DateTimeOffset expiresAt = DateTimeOffset.MinValue;

    public async Task<HttpResponseMessage> Get(string address)
    {
        if (expiresAt - DateTimeOffset.UtcNow < TimeSpan.FromMinutes(5)) await Renew();
        var answer = await Send(address);
        if (answer.StatusCode != HttpStatusCode.Unauthorized) return answer;
        answer.Dispose();
        // A new one is made unless this one is new itself: made within the last five minutes of its four hours.
        await Renew("--min-ttl=235m");
        return await Send(address);
    }

    async Task<HttpResponseMessage> Send(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("x-343-authorization-spartan", token);
        if (clearance != "") request.Headers.TryAddWithoutValidation("343-clearance", clearance);
        return await http.SendAsync(request);
    }

    async Task Renew(params string[] options)
    {
        var start = new ProcessStartInfo("spartan")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (var word in Spartan) start.ArgumentList.Add(word);
        foreach (var word in options) start.ArgumentList.Add(word);
        using var spartan = Process.Start(start)!;
        var told = await spartan.StandardOutput.ReadToEndAsync();
        await spartan.WaitForExitAsync();
        if (spartan.ExitCode != 0) Environment.Exit(spartan.ExitCode); // spartan has said why.
        using var tokens = JsonDocument.Parse(told);
        token = tokens.RootElement.GetProperty("spartan_token").GetString()!;
        clearance = tokens.RootElement.GetProperty("clearance").GetString() ?? "";
        expiresAt = tokens.RootElement.GetProperty("expires_at").GetDateTimeOffset();
    }
}
