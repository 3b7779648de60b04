using System.Text;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace WhatsAppBuffer.ConnectEventHandler.WhatsApp;

/// <summary>Connect's markdown as WhatsApp formats text: <c>*bold*</c>, <c>_italic_</c>, <c>~struck~</c>, lists, quotes and code. Source: WhatsApp help centre, "How to format your messages".</summary>
internal static class MarkdownText
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough).Build();

    /// <summary>The same words in WhatsApp's notation.</summary>
    public static string Of(string markdown)
    {
        var text = new StringBuilder();
        Write(Markdown.Parse(markdown, Pipeline), text, indent: "");
        return text.ToString().Trim('\n');
    }

    private static void Write(ContainerBlock blocks, StringBuilder text, string indent)
    {
        foreach (Block block in blocks)
        {
            switch (block)
            {
                case ListBlock list:
                    WriteList(list, text, indent);
                    break;
                case QuoteBlock quote:
                    Write(quote, text, $"{indent}> ");
                    break;
                case CodeBlock code:
                    text.Append(indent).Append("```").Append(code.Lines).Append("```\n");
                    break;
                case HeadingBlock heading:
                    text.Append(indent).Append('*').Append(Words(heading.Inline)).Append("*\n");
                    break;
                case LeafBlock leaf:
                    text.Append(indent).Append(Words(leaf.Inline).ReplaceLineEndings($"\n{indent}")).Append('\n');
                    break;
                case ContainerBlock container:
                    Write(container, text, indent);
                    break;
            }

            if (blocks is MarkdownDocument)
            {
                text.Append('\n');
            }
        }
    }

    private static void WriteList(ListBlock list, StringBuilder text, string indent)
    {
        int number = int.TryParse(list.OrderedStart, out int start) ? start : 1;
        foreach (Block item in list)
        {
            int begin = text.Length;
            Write((ContainerBlock)item, text, $"{indent}  ");
            string mark = list.IsOrdered ? $"{number++}. " : "- ";
            text.Remove(begin, Math.Min(indent.Length + 2, text.Length - begin)).Insert(begin, indent + mark);
        }
    }

    private static string Words(ContainerInline? inlines)
    {
        var words = new StringBuilder();
        foreach (Inline inline in inlines ?? [])
        {
            words.Append(inline switch
            {
                LiteralInline literal => literal.Content.ToString(),
                EmphasisInline { DelimiterChar: '~' } struck => $"~{Words(struck)}~",
                EmphasisInline { DelimiterCount: >= 2 } bold => $"*{Words(bold)}*",
                EmphasisInline italic => $"_{Words(italic)}_",
                CodeInline code => $"`{code.Content}`",
                LineBreakInline => "\n",
                LinkInline link => Link(link),
                AutolinkInline link => link.Url,
                HtmlInline html => html.Tag,
                HtmlEntityInline entity => entity.Transcoded.ToString(),
                ContainerInline container => Words(container),
                _ => "",
            });
        }

        return words.ToString();
    }

    private static string Link(LinkInline link) => Words(link) is { Length: > 0 } words && words != link.Url ? $"{words} ({link.Url})" : link.Url ?? "";
}
