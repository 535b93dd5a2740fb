using MovieSir.Data;
using MovieSir.ServiceDefaults;
using MovieSir.ServiceDefaults.Http;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddHttpConventions();
builder.AddPostgres("moviesir", source => source.UseMovieSirTypes());
builder.AddRedis("redis");
builder.Services.AddMovieSirData();
builder.Services.AddValidation();

var app = builder.Build();
app.UseHttpConventions();
app.MapDefaultEndpoints();
app.Run();
