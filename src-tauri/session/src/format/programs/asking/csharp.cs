// Asks Halo who you are. Needs .NET 6 or later, and the command spartan on the PATH, which hands out valid tokens; none is
// stored here.
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

/// <summary>
/// Sends GET requests with fresh tokens: renews them before they expire, and once if Halo refuses them. If there is no
/// valid token, throws spartan's message and exit code; the next call asks again.
/// </summary>
class Halo
{
    static readonly string[] Spartan = { "token", "--format=json"«account» };
    static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);
    readonly HttpClient http = new();
    string token = "", clearance = "";
    DateTimeOffset expiresAt = DateTimeOffset.MinValue;

    TimeSpan Left => expiresAt - DateTimeOffset.UtcNow;

    public async Task<HttpResponseMessage> Get(string address)
    {
        await RenewIfDue();
        var answer = await Send(address);
        if (answer.StatusCode != HttpStatusCode.Unauthorized) return answer;
        answer.Dispose();
        await Renew("--renew");
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

    async Task RenewIfDue()
    {
        if (Left > Ahead) return;
        try
        {
            await Renew();
        }
        catch (Exception error) when (Left > TimeSpan.Zero)
        {
            Console.Error.WriteLine(error.Message); // The token is still valid.
        }
    }

    async Task Renew(params string[] options)
    {
        var start = new ProcessStartInfo("spartan")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var word in Spartan) start.ArgumentList.Add(word);
        foreach (var word in options) start.ArgumentList.Add(word);
        using var spartan = Process.Start(start)!;
        var texts = await Task.WhenAll(spartan.StandardOutput.ReadToEndAsync(), spartan.StandardError.ReadToEndAsync());
        await spartan.WaitForExitAsync();
        if (spartan.ExitCode != 0)
            throw new InvalidOperationException($"{texts[1].Trim()} (exit code {spartan.ExitCode})");
        Console.Error.Write(texts[1]);
        using var tokens = JsonDocument.Parse(texts[0]);
        token = tokens.RootElement.GetProperty("spartan_token").GetString()!;
        clearance = tokens.RootElement.GetProperty("clearance").GetString() ?? "";
        expiresAt = tokens.RootElement.GetProperty("expires_at").GetDateTimeOffset();
    }
}
