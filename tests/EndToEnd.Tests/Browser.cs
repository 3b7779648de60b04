using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

/// <summary>A headless Chromium, driven by its DevTools protocol: enough to open a page, ask it something and take its picture.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly string _profile;
    private readonly ClientWebSocket _page = new();
    private readonly HttpClient _http = new();
    private int _lastId;

    private Browser(Process process, string profile) => (_process, _profile) = (process, profile);

    /// <summary>The program named by <c>BROWSER_PATH</c>, else one on the <c>PATH</c>; null when there is none.</summary>
    private static string? Find() => Environment.GetEnvironmentVariable("BROWSER_PATH") is { Length: > 0 } path
        ? path
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);

    /// <summary>Starts the browser that <see cref="Find"/> finds; without one the test is skipped.</summary>
    /// <param name="more">Further arguments.</param>
    public static async Task<Browser> StartAsync(params string[] more)
    {
        string? program = Find();
        Needs.Have(program is not null, "Chromium, on the PATH or named by BROWSER_PATH");
        string profile = Directory.CreateTempSubdirectory("browser").FullName;
        var start = new ProcessStartInfo(
            program!,
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--remote-debugging-port=0", $"--user-data-dir={profile}", "--window-size=1600,1500", .. more, "about:blank",
            ])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        var browser = new Browser(Process.Start(start)!, profile);
        browser._process.BeginErrorReadLine();
        browser._process.BeginOutputReadLine();
        string portFile = Path.Combine(profile, "DevToolsActivePort");
        string[] lines = await RunningSimulator.WhenAsync(
            async () => File.Exists(portFile) ? await File.ReadAllLinesAsync(portFile) : [], lines => lines.Length == 2);
        browser._http.BaseAddress = new Uri($"http://127.0.0.1:{lines[0]}");
        // The port is told before there is a page.
        JsonNode? page = await RunningSimulator.WhenAsync(async () => (await browser.TargetsAsync()).FirstOrDefault(target => (string?)target["type"] == "page"), page => page is not null);
        using var timeout = new CancellationTokenSource(Patience, TimeProvider.System);
        await browser._page.ConnectAsync(new Uri(page!["webSocketDebuggerUrl"]!.GetValue<string>()), timeout.Token);
        return browser;
    }

    public Task OpenAsync(Uri address) => CallAsync(_page, "Page.navigate", new JsonObject { ["url"] = address.AbsoluteUri });

    /// <summary>What the page shows.</summary>
    public Task<string> TextAsync() => EvaluateAsync("document.body ? document.body.innerText : ''");

    /// <summary>The value of an expression, as text.</summary>
    public Task<string> EvaluateAsync(string expression) => EvaluateAsync(_page, expression);

    /// <summary>Waits until an expression is true; says what the page showed when it never was.</summary>
    public async Task WhenAsync(string expression)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        while (await EvaluateAsync($"(() => {{ try {{ return {expression}; }} catch {{ return false; }} }})()") != "true")
        {
            Assert.False(timeout.IsCancellationRequested, $"It never was so: {expression}\nThe page showed:\n{await TextAsync()}");
            await Task.Delay(TimeSpan.FromMilliseconds(40), TimeProvider.System);
        }
    }

    /// <summary>Clicks where an element is, as a mouse does.</summary>
    public async Task ClickAsync(string selector)
    {
        await WhenAsync($"document.querySelector({Quoted(selector)})?.getClientRects().length > 0");
        await ClickAtAsync($"document.querySelector({Quoted(selector)})");
    }

    /// <summary>Clicks the first of these elements that says something.</summary>
    public async Task ClickTextAsync(string selector, string text)
    {
        string element = $"[...document.querySelectorAll({Quoted(selector)})].find(found => found.getClientRects().length > 0 && found.innerText.includes({Quoted(text)}))";
        await WhenAsync($"{element} !== undefined");
        await ClickAtAsync(element);
    }

    /// <summary>Puts the focus into a field and types, key by key as far as the page can tell.</summary>
    public async Task TypeAsync(string selector, string text)
    {
        await WhenAsync($"document.querySelector({Quoted(selector)})?.getClientRects().length > 0 && !document.querySelector({Quoted(selector)}).disabled");
        await EvaluateAsync($"document.querySelector({Quoted(selector)}).focus()");
        await CallAsync(_page, "Input.insertText", new JsonObject { ["text"] = text });
    }

    /// <summary>Presses a key.</summary>
    /// <param name="key">Such as <c>Enter</c>, <c>Tab</c> or <c>Escape</c>.</param>
    /// <param name="modifiers">1 Alt, 2 Control, 4 Meta, 8 Shift; added up.</param>
    public async Task PressAsync(string key, int modifiers = 0)
    {
        int code = key switch { "Enter" => 13, "Tab" => 9, "Escape" => 27, "ArrowRight" => 39, "ArrowLeft" => 37, "ArrowDown" => 40, "F6" => 117, " " => 32, _ => key[0] };
        string named = key is " " ? "Space" : key.Length == 1 ? $"Key{key.ToUpperInvariant()}" : key;
        foreach (string type in new[] { "keyDown", "keyUp" })
        {
            var press = new JsonObject { ["type"] = type, ["key"] = key, ["code"] = named, ["windowsVirtualKeyCode"] = code, ["modifiers"] = modifiers };
            if (type == "keyDown" && (key is "Enter" or " "))
            {
                press["text"] = key == "Enter" ? "\r" : " ";
            }

            await CallAsync(_page, "Input.dispatchKeyEvent", press);
        }
    }

    /// <summary>Gives the page another size, as a phone's.</summary>
    public Task ResizeAsync(int width, int height, bool isPhone = false) =>
        CallAsync(_page, "Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = isPhone });

    /// <summary>Lets the system be dark or light.</summary>
    public Task PreferAsync(string scheme) => CallAsync(_page, "Emulation.setEmulatedMedia", new JsonObject
    {
        ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme }),
    });

    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    private async Task ClickAtAsync(string element)
    {
        await EvaluateAsync($"{element}.scrollIntoView({{ block: 'nearest' }})");
        string[] at = await RestAsync(element);
        foreach (string type in new[] { "mousePressed", "mouseReleased" })
        {
            await CallAsync(_page, "Input.dispatchMouseEvent", new JsonObject
            {
                ["type"] = type,
                ["x"] = double.Parse(at[0], CultureInfo.InvariantCulture),
                ["y"] = double.Parse(at[1], CultureInfo.InvariantCulture),
                ["button"] = "left",
                ["clickCount"] = 1,
            });
        }
    }

    /// <summary>Where an element is as soon as it moves no more, as a menu does while it opens, and nothing lies before it: a click is no click of what comes past.</summary>
    private async Task<string[]> RestAsync(string element)
    {
        string before = "";
        for (int look = 0; look < 100; look++)
        {
            string now = await EvaluateAsync($"((found, box) => [box.x + box.width / 2, box.y + box.height / 2, found.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2))].join(' '))({element}, {element}.getBoundingClientRect())");
            if (now == before && now.EndsWith("true", StringComparison.Ordinal))
            {
                break;
            }

            before = now;
            await Task.Delay(TimeSpan.FromMilliseconds(30), TimeProvider.System);
        }

        return before.Split(' ');
    }

    private async Task<string> EvaluateAsync(ClientWebSocket page, string expression)
    {
        JsonNode answer = await CallAsync(page, "Runtime.evaluate", new JsonObject { ["expression"] = $"String({expression})" });
        return answer["exceptionDetails"] is { } failure
            ? throw new InvalidOperationException($"{(expression.Length > 500 ? expression[^500..] : expression)} failed: {failure["exception"]?["description"]}")
            : answer["result"]?["value"]?.GetValue<string>() ?? "";
    }

    /// <summary>What a frame of the page shows, of another site at that address.</summary>
    public async Task<string> FrameTextAsync(Uri address)
    {
        JsonNode target = (await TargetsAsync()).First(target => (string?)target["type"] == "iframe" && (string?)target["url"] == address.AbsoluteUri);
        using var frame = new ClientWebSocket();
        using var timeout = new CancellationTokenSource(Patience, TimeProvider.System);
        await frame.ConnectAsync(new Uri(target["webSocketDebuggerUrl"]!.GetValue<string>()), timeout.Token);
        return await EvaluateAsync(frame, "document.body.innerText");
    }

    /// <summary>A picture of what is in the window.</summary>
    /// <param name="scale">How large.</param>
    public async Task<byte[]> ScreenshotAsync(double scale = 1)
    {
        string[] size = (await EvaluateAsync("innerWidth + ' ' + innerHeight")).Split(' ');
        JsonNode picture = await CallAsync(_page, "Page.captureScreenshot", new JsonObject
        {
            ["format"] = "png",
            ["clip"] = new JsonObject { ["x"] = 0, ["y"] = 0, ["width"] = int.Parse(size[0], CultureInfo.InvariantCulture), ["height"] = int.Parse(size[1], CultureInfo.InvariantCulture), ["scale"] = scale },
        });
        return Convert.FromBase64String(picture["data"]!.GetValue<string>());
    }

    public async ValueTask DisposeAsync()
    {
        _page.Dispose();
        _http.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        try
        {
            Directory.Delete(_profile, recursive: true);
        }
        catch (IOException)
        {
            // Its helpers may still hold a file; the folder is temporary.
        }
    }

    private async Task<IEnumerable<JsonNode>> TargetsAsync() => JsonNode.Parse(await _http.GetStringAsync("json/list"))!.AsArray().OfType<JsonNode>();

    private async Task<JsonNode> CallAsync(ClientWebSocket page, string method, JsonObject parameters)
    {
        int id = ++_lastId;
        using var timeout = new CancellationTokenSource(Patience, TimeProvider.System);
        var call = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        await page.SendAsync(Encoding.UTF8.GetBytes(call.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, timeout.Token);
        while (true)
        {
            JsonNode answer = await ReceiveAsync(page, timeout.Token);
            if (answer["id"]?.GetValue<int>() == id)
            {
                return answer["result"] ?? throw new InvalidOperationException($"{method}: {answer["error"]?.ToJsonString()}");
            }
        }
    }

    private static async Task<JsonNode> ReceiveAsync(ClientWebSocket page, CancellationToken cancellationToken)
    {
        using var message = new MemoryStream();
        byte[] buffer = new byte[64 * 1024];
        WebSocketReceiveResult part;
        do
        {
            part = await page.ReceiveAsync(buffer, cancellationToken);
            await message.WriteAsync(buffer.AsMemory(0, part.Count), cancellationToken);
        }
        while (!part.EndOfMessage);
        return JsonNode.Parse(message.ToArray()) ?? throw new JsonException("An empty message.");
    }
}
