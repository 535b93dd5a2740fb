using MovieSir.Bench.Load;

return await LoadCommand.Create().Parse(args).InvokeAsync();
