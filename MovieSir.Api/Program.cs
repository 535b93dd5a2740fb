using MovieSir.Api.Hosting;

// `serve` is the service; `keys` makes, lists and revokes API keys.
return await CommandTree.Create().Parse(args.Length == 0 ? ["serve"] : args).InvokeAsync();
