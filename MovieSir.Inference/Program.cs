using MovieSir.Inference.Hosting;

// `serve` is the service; every other command is an offline step that feeds it and then ends.
return await CommandTree.Create().Parse(args.Length == 0 ? ["serve"] : args).InvokeAsync();
