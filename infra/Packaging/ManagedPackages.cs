using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Infra.Packaging;

/// <summary>Assemblies for the managed runtime, which starts an executable assembly by its bare name.</summary>
internal sealed class ManagedPackages(string artifacts) : IFunctionPackages
{
    public FunctionPackage Of(FunctionSpec function)
    {
        string folder = Path.Combine(artifacts, "managed", function.Project);
        foreach (string needed in (string[])[$"{function.Project}.dll", $"{function.Project}.runtimeconfig.json"])
        {
            if (!File.Exists(Path.Combine(folder, needed)))
            {
                throw new DeploymentException($"{Path.Combine(folder, needed)} is missing: run ./wab.cs publish --managed first.");
            }
        }

        return new FunctionPackage(folder, function.Project, "dotnet10");
    }
}
