using WhatsAppBuffer.Conformance;

[assembly: AssemblyFixture(typeof(Homes))]
