using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using WhatsAppBuffer.Contracts.Settings;

namespace WhatsAppBuffer.WhatsAppEventHandler.Settings;

/// <summary><c>GetParameter</c>.</summary>
internal sealed class SsmParameterStore(IAmazonSimpleSystemsManagement ssm) : IParameterStore
{
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
