using Assay.App.MockApi;

namespace Assay.App.Tests.MockApi;

/// <summary>A scratch folder with a made-up API in it.</summary>
internal sealed class MockApiFolder : IDisposable
{
    public const string Generate = """
        generate: shop
        start: 2024-01-01
        datasets:
          people:
            rows: 10
            format: jsonl
            columns:
              id: { integer: row+1 }
              name: { template: "Person {row+1}" }
          notes:
            rows: 30
            format: jsonl
            values:
              person: { reference: people, each: true }
            columns:
              id: { integer: row+1 }
              personId: { integer: person.id }
              place.city: Ashford
              place.geo.lat: { template: "{row}" }
              text: "said \"so\""
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("assay-mock-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public string At(string name) => Path.Combine(_folder, name);

    /// <summary>Reads an API of the two datasets, with these resources.</summary>
    public MockApiDefinition Api(string resources)
    {
        File.WriteAllText(At("generate.yaml"), Generate);
        return MockApiReader.Read($"mock_api: shop\ndata: {{ generate: generate.yaml }}\nbase_path: /api\nresources:\n{resources}\n", At("mock-api.yaml"));
    }

    public static Task<MockApiServer> ServeAsync(MockApiDefinition api, MockApiSettings? settings = null) =>
        MockApiServer.StartAsync(api, settings ?? new MockApiSettings(), 0, TimeProvider.System, CancellationToken.None);
}
