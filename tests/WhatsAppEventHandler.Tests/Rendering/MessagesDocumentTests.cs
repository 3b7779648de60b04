using System.Reflection;
using System.Text;
using WhatsAppBuffer.WhatsAppEventHandler.Media;
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

    [Fact]
    public void Messages_that_were_buffered_together_are_seen_as_is_written_beside_them() =>
        Assert.All(TogetherKinds.All, kind => Assert.Equal(kind.Seen, kind.Read()));

    private static string Page()
    {
        var text = new StringBuilder("""
            # What the agent sees

            Written by `MessagesDocumentTests`; do not edit. A text is shown as it was written. Everything else becomes text too: what this project says itself stands
            in brackets, what the customer wrote stands below. Ids, tokens and hashes are not shown: no agent can look them up. What a later WhatsApp may send
            costs one message of the chat at most, with the texts found in it.

            Images, videos, recordings and documents are attached to the chat in their place, under their name or their kind and time (`Image 14-05.jpg`); the caption, and whatever else a
            file does not show, is a text below it. Where a file is not to be had, a line stands in its place ([below](#in-place-of-a-file)). The lines and albums of files further down are
            what the agent reads of stickers, and of all files with `attach_files` `no`.

            Which texts are joined: [how-it-works.md](how-it-works.md). Each block of text below is a message of the chat.

            """.ReplaceLineEndings("\n"));
        foreach (MessageKind kind in MessageKinds.All)
        {
            text.Append($"\n## {kind.Title}\n\n```json\n{kind.Json}\n```\n\n```text\n{AgentText.Render(Events.Message(kind.Json), Texts.English)}\n```\n");
        }

        foreach (TogetherKind kind in TogetherKinds.All)
        {
            text.Append($"\n## {kind.Title}\n\n```json\n{string.Join('\n', kind.Messages)}\n```\n");
            kind.Read().ToList().ForEach(seen => text.Append($"\n```text\n{seen}\n```\n"));
        }

        text.Append("\n## In place of a file\n\n");
        foreach (FileWords why in Enum.GetValues<FileWords>())
        {
            text.Append($"```text\n{MediaText.InWords(Events.Message("""{"type":"document","document":{"filename":"invoice.pdf"}}"""), why, Texts.English)}\n```\n");
        }

        text.Append($"\n## In other languages\n\nThe member `language` of the SSM parameter.\n\n| {string.Join(" | ", Texts.Languages.Keys.Select(language => $"`{language}`"))} |\n|{string.Concat(Texts.Languages.Select(_ => "---|"))}\n");
        foreach (PropertyInfo property in TextsTests.Properties)
        {
            text.Append($"| {string.Join(" | ", Texts.Languages.Values.Select(property.GetValue))} |\n");
        }

        return text.ToString();
    }

    public static string Checkout()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "README.md")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException($"No README.md above {AppContext.BaseDirectory}.");
    }
}
