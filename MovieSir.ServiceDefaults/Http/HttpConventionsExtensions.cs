using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Net.Http.Headers;

namespace MovieSir.ServiceDefaults.Http;

/// <summary>What every HTTP surface shares: snake_case JSON, one error shape, a request id on every answer.</summary>
public static class HttpConventionsExtensions
{
    /// <summary>Header that carries the request's id on every answer.</summary>
    public const string RequestIdHeader = "X-Request-Id";

    /// <summary>JSON naming, problem details and the handling of bad requests.</summary>
    public static TBuilder AddHttpConventions<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.ConfigureHttpJsonOptions(options => Configure(options.SerializerOptions));
        // Bad bodies throw in every environment, so that one handler can name what is wrong with them.
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.AddExceptionHandler<BadRequestExceptionHandler>();
        builder.Services.AddProblemDetails(options => options.CustomizeProblemDetails = Complete);
        return builder;
    }

    /// <summary>Puts the request id on answers and turns exceptions and bare status codes into problem details. Before all that answers.</summary>
    public static WebApplication UseHttpConventions(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            // As the answer starts, not now: the exception handler clears headers that were set before it.
            context.Response.OnStarting(() =>
            {
                context.Response.Headers[RequestIdHeader] = Problems.RequestIdOf(context);
                return Task.CompletedTask;
            });
            // There is one error shape. The framework asks whether the caller takes it, and falls back on text or on nothing.
            context.Request.Headers.Remove(HeaderNames.Accept);
            return next(context);
        });
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            SuppressDiagnosticsCallback = handled => handled.Exception is BadHttpRequestException,
        });
        app.UseStatusCodePages();
        app.UseRequestTimeouts();
        app.UseOutputCache();
        return app;
    }

    /// <summary>The JSON of the contract: snake_case, strict numbers, enums as snake_case strings, nulls left out of nothing.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DictionaryKeyPolicy = null;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.MaxDepth = 32;
        options.Converters.Add(new StrictEnumConverter());
    }

    private static void Complete(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        if (problem is HttpValidationProblemDetails { Status: null or StatusCodes.Status400BadRequest } validation)
        {
            // The framework's own validation answers 400 and names C# members in its messages; the contract says 422 and JSON names.
            var invalid = Problems.InvalidDetails(validation.Errors.ToDictionary(
                field => FieldNames.ToJson(field.Key), field => Array.ConvertAll(field.Value, ValidationMessages.WithoutMemberName)));
            (problem.Status, problem.Title, problem.Detail) = (invalid.Status, invalid.Title, invalid.Detail);
            validation.Errors = invalid.Errors;
            problem.Type = "https://tools.ietf.org/html/rfc4918#section-11.2";
            context.HttpContext.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        }

        var status = problem.Status ?? context.HttpContext.Response.StatusCode;
        problem.Detail ??= BareStatus.Explain(context.HttpContext, status);
        problem.Extensions.TryAdd(Problems.Code, ProblemCodes.ForStatus(status));
        Problems.RememberCode(context.HttpContext, problem.Extensions[Problems.Code] as string);
        problem.Extensions[Problems.RequestId] = Problems.RequestIdOf(context.HttpContext);
        // The request id is the trace's id.
        problem.Extensions.Remove("trace_id");
    }
}
