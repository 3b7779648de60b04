using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;

namespace WhatsAppBuffer.Contracts.Settings;

/// <summary><c>GetParameter</c>.</summary>
/// <param name="ssm">Its client.</param>
public sealed class SsmParameterStore(IAmazonSimpleSystemsManagement ssm) : IParameterStore
{
    /// <inheritdoc/>
    public async Task<string?> GetAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var request = new GetParameterRequest { Name = name, WithDecryption = true };
            return (await ssm.GetParameterAsync(request, cancellationToken)).Parameter.Value;
        }
        catch (ParameterNotFoundException)
        {
            return null;
        }
    }
}
