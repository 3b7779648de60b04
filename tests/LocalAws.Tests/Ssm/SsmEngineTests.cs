using Microsoft.Extensions.Time.Testing;
using LocalAws.Endpoint;
using LocalAws.Ssm;

namespace LocalAws.Tests.Ssm;

public class SsmEngineTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly SsmEngine _ssm;

    public SsmEngineTests() => _ssm = new SsmEngine(new AwsAccount(), _time);

    [Fact]
    public void A_parameter_is_read_as_it_was_written()
    {
        _ssm.PutParameter("/app/config", "{}");

        Parameter parameter = _ssm.GetParameter("/app/config");

        Assert.Equal(
            new Parameter("/app/config", "String", "{}", 1, _time.GetUtcNow(), "arn:aws:ssm:us-east-1:123456789012:parameter/app/config"),
            parameter);
    }

    [Fact]
    public void An_overwrite_makes_a_new_version_and_keeps_the_old_one()
    {
        _ssm.PutParameter("/app/config", "one");

        Assert.Equal(2, _ssm.PutParameter("/app/config", "two", overwrite: true));

        Assert.Equal("two", _ssm.GetParameter("/app/config").Value);
        Assert.Equal("one", _ssm.GetParameter("/app/config:1").Value);
    }

    [Fact]
    public void Only_the_last_hundred_versions_are_kept()
    {
        for (int i = 1; i <= 101; i++)
        {
            _ssm.PutParameter("p", $"{i}", overwrite: true);
        }

        Assert.Equal("ParameterVersionNotFound", Refused(() => _ssm.GetParameter("p:1")));
        Assert.Equal("2", _ssm.GetParameter("p:2").Value);
    }

    [Theory]
    [InlineData("/app/config")]
    [InlineData("config")]
    public void A_parameter_is_found_by_its_ARN(string name)
    {
        _ssm.PutParameter(name, "v");

        Assert.Equal(name, _ssm.GetParameter(_ssm.GetParameter(name).Arn).Name);
    }

    [Fact]
    public void An_existing_parameter_is_not_overwritten_unasked()
    {
        _ssm.PutParameter("p", "one");

        Assert.Equal("ParameterAlreadyExists", Refused(() => _ssm.PutParameter("p", "two")));
        Assert.Equal("one", _ssm.GetParameter("p").Value);
    }

    [Fact]
    public void A_parameter_keeps_its_type()
    {
        _ssm.PutParameter("p", "one");

        Assert.Equal("HierarchyTypeMismatchException", Refused(() => _ssm.PutParameter("p", "two", "SecureString", overwrite: true)));
        Assert.Equal(2, _ssm.PutParameter("p", "two", null, overwrite: true));
    }

    [Theory]
    [InlineData("", "ValidationException")]
    [InlineData("a b", "ValidationException")]
    [InlineData("aws-config", "ValidationException")]
    [InlineData("/SSM/config", "ValidationException")]
    [InlineData("app/config", "ValidationException")]
    [InlineData("/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16", "HierarchyLevelLimitExceededException")]
    public void A_name_against_the_rules_is_refused(string name, string code) =>
        Assert.Equal(code, Refused(() => _ssm.PutParameter(name, "v")));

    [Fact]
    public void A_value_may_have_4096_bytes_and_no_more()
    {
        _ssm.PutParameter("p", new string('x', 4096));

        Assert.Equal("ValidationException", Refused(() => _ssm.PutParameter("p", new string('x', 4097), overwrite: true)));
        Assert.Equal("ValidationException", Refused(() => _ssm.PutParameter("p", new string('é', 2049), overwrite: true)));
        Assert.Equal("ValidationException", Refused(() => _ssm.PutParameter("p", "", overwrite: true)));
    }

    [Fact]
    public void A_new_parameter_needs_a_type_that_exists()
    {
        Assert.Equal("ValidationException", Refused(() => _ssm.PutParameter("p", "v", null)));
        Assert.Equal("UnsupportedParameterType", Refused(() => _ssm.PutParameter("p", "v", "Number")));
    }

    [Fact]
    public void A_path_lists_its_own_level_or_all_below()
    {
        foreach (string name in new[] { "/app/a", "/app/b/c", "/application", "/app" })
        {
            _ssm.PutParameter(name, "v");
        }

        Assert.Equal(["/app/a"], _ssm.GetParametersByPath("/app").Select(p => p.Name));
        Assert.Equal(["/app/a", "/app/b/c"], _ssm.GetParametersByPath("/app/", recursive: true).Select(p => p.Name));
        Assert.Equal("ValidationException", Refused(() => _ssm.GetParametersByPath("app")));
    }

    [Fact]
    public void A_deleted_parameter_is_gone()
    {
        _ssm.PutParameter("p", "v");
        _ssm.DeleteParameter("p");

        Assert.Equal("ParameterNotFound", Refused(() => _ssm.GetParameter("p")));
        Assert.Equal("ParameterNotFound", Refused(() => _ssm.DeleteParameter("p")));
    }

    private static string Refused(Action action) => Assert.Throws<AwsException>(action).Code;
}
