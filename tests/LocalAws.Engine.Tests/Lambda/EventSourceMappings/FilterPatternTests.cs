using System.Text.Json;
using LocalAws.Endpoint;
using LocalAws.Lambda.EventSourceMappings.Filters;

namespace LocalAws.Tests.Lambda.EventSourceMappings;

public class FilterPatternTests
{
    private const string Record =
        """{"eventName":"INSERT","dynamodb":{"ApproximateCreationDateTime":1762843884.0,"NewImage":{"type":{"S":"text"},"from":{"S":"4912"},"gone":{"NULL":true},"tags":{"SS":["red","blue"]},"empty":{"S":""}}}}""";

    [Theory]
    [InlineData("""{"eventName":["INSERT","MODIFY"]}""", true)]
    [InlineData("""{"eventName":["REMOVE"]}""", false)]
    [InlineData("""{"eventName":["INSERT"],"dynamodb":{"NewImage":{"type":{"S":["image"]}}}}""", false)]
    [InlineData("""{"dynamodb":{"NewImage":{"type":{"S":[{"prefix":"te"}]}}}}""", true)]
    [InlineData("""{"dynamodb":{"NewImage":{"type":{"S":[{"prefix":"xt"}]}}}}""", false)]
    [InlineData("""{"dynamodb":{"NewImage":{"type":{"S":[{"suffix":"xt"}]}}}}""", true)]
    [InlineData("""{"dynamodb":{"NewImage":{"type":{"S":[{"equals-ignore-case":"TEXT"}]}}}}""", true)]
    [InlineData("""{"dynamodb":{"NewImage":{"type":{"S":["TEXT"]}}}}""", false)]
    [InlineData("""{"dynamodb":{"NewImage":{"type":{"S":[{"anything-but":["image","audio"]}]}}}}""", true)]
    [InlineData("""{"dynamodb":{"NewImage":{"type":{"S":[{"anything-but":"text"}]}}}}""", false)]
    [InlineData("""{"dynamodb":{"NewImage":{"type":{"S":[{"anything-but":{"prefix":"te"}}]}}}}""", false)]
    [InlineData("""{"dynamodb":{"NewImage":{"missing":{"S":[{"anything-but":"text"}]}}}}""", false)]
    [InlineData("""{"dynamodb":{"NewImage":{"type":{"S":[{"exists":true}]}}}}""", true)]
    [InlineData("""{"dynamodb":{"NewImage":{"missing":{"S":[{"exists":true}]}}}}""", false)]
    [InlineData("""{"dynamodb":{"NewImage":{"missing":{"S":[{"exists":false}]}}}}""", true)]
    [InlineData("""{"dynamodb":{"NewImage":{"empty":{"S":[""]}}}}""", true)]
    [InlineData("""{"dynamodb":{"NewImage":{"gone":{"NULL":[true]}}}}""", true)]
    [InlineData("""{"dynamodb":{"NewImage":{"gone":{"S":[null]}}}}""", false)]
    [InlineData("""{"dynamodb":{"NewImage":{"tags":{"SS":["blue"]}}}}""", true)]
    [InlineData("""{"dynamodb":{"ApproximateCreationDateTime":[{"numeric":[">=",1762843884,"<",1762843885]}]}}""", true)]
    [InlineData("""{"dynamodb":{"ApproximateCreationDateTime":[{"numeric":["=",1]}]}}""", false)]
    [InlineData("""{"dynamodb":{"NewImage":{"from":{"S":[{"numeric":["=",4912]}]}}}}""", false)]
    [InlineData("""{"$or":[{"eventName":["REMOVE"]},{"dynamodb":{"NewImage":{"type":{"S":["text"]}}}}]}""", true)]
    [InlineData("""{"$or":[{"eventName":["REMOVE"]},{"eventName":["MODIFY"]}]}""", false)]
    public void A_record_passes_or_not(string pattern, bool passes)
    {
        using JsonDocument record = JsonDocument.Parse(Record);

        Assert.Equal(passes, FilterPattern.Parse(pattern).Matches(record.RootElement));
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"eventName":"INSERT"}""")]
    [InlineData("""{"eventName":[]}""")]
    [InlineData("""{"eventName":[["INSERT"]]}""")]
    [InlineData("""{"eventName":[{"wildcard":"I*"}]}""")]
    [InlineData("""{"eventName":[{"prefix":1}]}""")]
    [InlineData("""{"eventName":[{"prefix":"a","suffix":"b"}]}""")]
    [InlineData("""{"eventName":[{"numeric":["~",1]}]}""")]
    [InlineData("""{"eventName":[{"numeric":[">"]}]}""")]
    [InlineData("""{"$or":[]}""")]
    public void A_pattern_that_is_not_understood_is_refused_with_the_wording_of_AWS(string pattern)
    {
        AwsException error = Assert.Throws<AwsException>(() => FilterPattern.Parse(pattern));

        Assert.Equal(("InvalidParameterValueException", "Invalid filter pattern definition."), (error.Code, error.Message));
    }
}
