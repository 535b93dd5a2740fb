using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace MovieSir.ServiceDefaults.Http;

/// <summary>HEAD is taken wherever GET is: routes see GET, and their body goes nowhere.</summary>
public static class HeadRequests
{
    private static readonly object WasHead = new();

    /// <summary>Lets routes see GET. Stands before routing.</summary>
    public static WebApplication UseHeadAsGet(this WebApplication app)
    {
        app.Use(async (context, next) =>
        {
            if (!HttpMethods.IsHead(context.Request.Method))
            {
                await next(context);
                return;
            }

            context.Items[WasHead] = true;
            context.Request.Method = HttpMethods.Get;
            context.Response.Body = Stream.Null;
            try
            {
                await next(context);
            }
            finally
            {
                // What measures requests is to see what was sent.
                context.Request.Method = HttpMethods.Head;
            }
        });
        return app;
    }

    /// <summary>The method as it was sent.</summary>
    public static string SentMethod(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Items.ContainsKey(WasHead) ? HttpMethods.Head : context.Request.Method;
    }
}
