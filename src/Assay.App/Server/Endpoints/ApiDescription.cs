using System.Globalization;
using Assay.Store;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.OpenApi;

namespace Assay.App.Server;

/// <summary>Describes what the framework cannot find out by itself: the values that endpoints take, the form of an upload, the
/// errors, and how a key is sent.</summary>
internal static class ApiDescription
{
    private const string Scheme = "key";

    /// <summary>Describes the API.</summary>
    public static void Configure(OpenApiOptions options, ServerSettings settings)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = settings.Title, Version = "1.0.0" };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key, where the server needs one" },
            };
            foreach (IOpenApiPathItem path in document.Paths.Values)
            {
                // HEAD is what GET is without a body, everywhere.
                path.Operations?.Remove(HttpMethod.Head);
            }

            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            IList<object> metadata = context.Description.ActionDescriptor.EndpointMetadata;
            operation.Parameters =
            [
                .. RoutePatternFactory.Parse(context.Description.RelativePath ?? "").Parameters.Select(PathParameter),
                .. metadata.OfType<ApiParameters>().SelectMany(parameters => parameters.All).Select(QueryParameter),
            ];
            if (metadata.OfType<FormBody>().FirstOrDefault() is { } form)
            {
                operation.RequestBody = Body(form);
            }

            ApiRole? role = metadata.OfType<Access>().LastOrDefault()?.Role;
            if (role is not null)
            {
                operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [] }];
            }

            operation.Responses = Responses(role, operation.Parameters.Count > 0 || operation.RequestBody is not null, operation.RequestBody is not null);
            return Task.CompletedTask;
        });
    }

    private static IOpenApiParameter PathParameter(RoutePatternParameterPart part) => new OpenApiParameter
    {
        Name = part.Name,
        In = ParameterLocation.Path,
        Required = true,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };

    private static IOpenApiParameter QueryParameter(ApiParameter parameter) => new OpenApiParameter
    {
        Name = parameter.Name,
        In = ParameterLocation.Query,
        Description = parameter.Description,
        Schema = parameter.IsFlag ? new OpenApiSchema { Type = JsonSchemaType.Boolean }
            : parameter.Least is null && parameter.Most is null ? new OpenApiSchema { Type = JsonSchemaType.String }
            : new OpenApiSchema
            {
                Type = JsonSchemaType.Integer,
                Minimum = parameter.Least?.ToString(CultureInfo.InvariantCulture),
                Maximum = parameter.Most?.ToString(CultureInfo.InvariantCulture),
            },
    };

    private static OpenApiRequestBody Body(FormBody form) => new()
    {
        Required = true,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["multipart/form-data"] = new()
            {
                Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Required = new HashSet<string> { form.Field },
                    Properties = new Dictionary<string, IOpenApiSchema>
                    {
                        [form.Field] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" },
                        [JobParameters.ChunkSizeName] = new OpenApiSchema { Type = JsonSchemaType.Integer },
                        [JobParameters.PipelineName] = new OpenApiSchema { Type = JsonSchemaType.String },
                    },
                },
            },
        },
    };

    private static OpenApiResponses Responses(ApiRole? role, bool takesValues, bool form)
    {
        var responses = new OpenApiResponses { ["200"] = new OpenApiResponse { Description = "It is done" } };
        void Add(string status, string description) => responses[status] = new OpenApiResponse
        {
            Description = description,
            Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new() },
        };

        if (takesValues)
        {
            Add("404", "There is no such thing");
            Add("422", "A value is missing or wrong; `detail` lists which");
        }

        if (form)
        {
            Add("400", "The file cannot be what the pipeline reads");
            Add("413", "The file is too large");
        }

        if (role is not null)
        {
            Add("401", "A key is needed");
            Add("403", "The key does not allow it");
        }

        Add("429", "Too much was asked for; Retry-After tells when to ask again");
        return responses;
    }
}
