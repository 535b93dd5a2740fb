import type { Request } from './ask.ts'

/** The same call in the languages of partners' servers. The key comes from the environment in each. */
export const samples = {
  cURL: (address: string, request: Request) =>
    `curl '${address}' \\
  -H "X-API-Key: $MOVIESIR_KEY" \\
  -H 'Content-Type: application/json' \\
  -d '${JSON.stringify(request)}'`,

  'C#': (address: string, request: Request) =>
    `using System.Net.Http.Json;
using System.Text.Json;

using var http = new HttpClient();
http.DefaultRequestHeaders.Add("X-API-Key", Environment.GetEnvironmentVariable("MOVIESIR_KEY"));
using var body = new StringContent("""
    ${JSON.stringify(request)}
    """, System.Text.Encoding.UTF8, "application/json");
using var response = await http.PostAsync("${address}", body);
response.EnsureSuccessStatusCode();
var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
Console.WriteLine(answer.GetProperty("data").GetProperty("track_a"));`,

  Python: (address: string, request: Request) =>
    `import json, os, urllib.request

body = json.loads('${JSON.stringify(request)}')
request = urllib.request.Request(
    "${address}",
    data=json.dumps(body).encode(),
    headers={"X-API-Key": os.environ["MOVIESIR_KEY"], "Content-Type": "application/json"},
)
with urllib.request.urlopen(request, timeout=10) as response:
    print(json.load(response)["data"]["track_a"])`,

  JavaScript: (address: string, request: Request) =>
    `const response = await fetch('${address}', {
  method: 'POST',
  headers: { 'X-API-Key': process.env.MOVIESIR_KEY, 'Content-Type': 'application/json' },
  body: JSON.stringify(${JSON.stringify(request)}),
})
if (!response.ok) throw new Error(\`\${response.status}: \${await response.text()}\`)
const { data } = await response.json()
console.log(data.track_a)`,

  Go: (address: string, request: Request) =>
    `package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
)

func main() {
	body := strings.NewReader(\`${JSON.stringify(request)}\`)
	request, err := http.NewRequest("POST", "${address}", body)
	if err != nil {
		panic(err)
	}
	request.Header.Set("X-API-Key", os.Getenv("MOVIESIR_KEY"))
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		panic(err)
	}
	defer response.Body.Close()
	answer, _ := io.ReadAll(response.Body)
	fmt.Println(response.Status, string(answer))
}`,

  Java: (address: string, request: Request) =>
    `import java.net.URI;
import java.net.http.*;

var request = HttpRequest.newBuilder(URI.create("${address}"))
    .header("X-API-Key", System.getenv("MOVIESIR_KEY"))
    .header("Content-Type", "application/json")
    .POST(HttpRequest.BodyPublishers.ofString("""
        ${JSON.stringify(request)}"""))
    .build();
var response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
System.out.println(response.statusCode() + " " + response.body());`,
} as const satisfies Record<string, (address: string, request: Request) => string>

export type SampleLanguage = keyof typeof samples

export const sampleLanguages = Object.keys(samples) as SampleLanguage[]
