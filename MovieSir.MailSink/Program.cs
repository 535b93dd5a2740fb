using MovieSir.MailSink;

await using var app = MailSinkHost.Build(args);
await app.RunAsync();
