using System.Reflection;
using System.Text;
using WhatsAppBuffer.WhatsAppEventHandler.Rendering;
using WhatsAppEventHandler.Tests.World;

namespace WhatsAppEventHandler.Tests.Rendering;

/// <summary>Writes docs/messages.md.</summary>
public sealed class MessagesDocumentTests
{
    [Fact]
    public void The_page_in_docs_is_what_the_agent_sees()
    {
        string file = Path.Combine(Checkout(), "docs", "messages.md");
        string now = Page();
        string before = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        if (before != now)
        {
            File.WriteAllText(file, now);
            Assert.Fail("docs/messages.md was out of date and has been written anew: look at it and commit it.");
        }
    }

    private static string Page()
    {
        var text = new StringBuilder("""
            # What the agent sees

            Written by `MessagesDocumentTests`; do not edit. A text is shown as it was written. Everything else becomes text too: what this project says itself stands
            in brackets, what the customer wrote stands below. Ids, tokens and hashes are not shown: no agent can look them up. What a later WhatsApp may send
            costs one message of the chat at most, with the texts found in it. A file is only mentioned; its id is in `raw_messages`.

            Which texts are joined: [how-it-works.md](how-it-works.md).

            """.ReplaceLineEndings("\n"));
        foreach (MessageKind kind in MessageKinds.All)
        {
            text.Append($"\n## {kind.Title}\n\n```json\n{kind.Json}\n```\n\n```text\n{AgentText.Render(Events.Message(kind.Json), Texts.English)}\n```\n");
        }

        text.Append($"\n## In other languages\n\nThe member `language` of the SSM parameter.\n\n| {string.Join(" | ", Texts.Languages.Keys.Select(language => $"`{language}`"))} |\n|{string.Concat(Texts.Languages.Select(_ => "---|"))}\n");
        foreach (PropertyInfo property in TextsTests.Properties)
        {
            text.Append($"| {string.Join(" | ", Texts.Languages.Values.Select(property.GetValue))} |\n");
        }

        return text.ToString();
    }

    private static string Checkout()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "README.md")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException($"No README.md above {AppContext.BaseDirectory}.");
    }
}
