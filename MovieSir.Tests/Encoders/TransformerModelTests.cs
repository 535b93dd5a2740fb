using System.Numerics.Tensors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MovieSir.Inference.Encoding;

namespace MovieSir.Tests.Encoders;

/// <summary>A tiny model stands in for an e5 or MiniLM: each token's vector is a row of a table, so that every result can be told by hand.</summary>
public sealed class TransformerModelTests : IDisposable
{
    private static readonly string[] Vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "toy", "story", "query", "passage", ":", "broken"];
    private const int Dimension = 4;

    private readonly string _folder = Directory.CreateTempSubdirectory("moviesir-encoder-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Mean_pooling_averages_the_text_and_not_the_padding()
    {
        WriteModel();
        // [CLS] toy [SEP] beside [CLS] toy story toy story [SEP]: the first is padded.
        var vectors = await EncodeAsync(EncodingRole.Query, ["toy", "toy story toy story"], ("Normalize", "false"));
        Assert.Equal(Mean(2, 5, 3), vectors[0]);
        Assert.Equal(Mean(2, 5, 6, 5, 6, 3), vectors[1]);
    }

    [Fact]
    public async Task Cls_pooling_takes_the_first_token()
    {
        WriteModel();
        var vectors = await EncodeAsync(EncodingRole.Query, ["toy story"], ("Pooling", "Cls"), ("Normalize", "false"));
        Assert.Equal(Row(2), vectors[0]);
    }

    [Fact]
    public async Task A_model_that_pools_itself_is_taken_as_it_is()
    {
        WriteModel(pooled: true);
        var vectors = await EncodeAsync(EncodingRole.Query, ["toy story"], ("Pooling", "None"), ("Normalize", "false"));
        Assert.Equal(Mean(2, 5, 6, 3), vectors[0]);
    }

    [Fact]
    public async Task Vectors_have_length_one_by_default()
    {
        WriteModel();
        var vectors = await EncodeAsync(EncodingRole.Query, ["toy story"]);
        Assert.Equal(1, TensorPrimitives.Norm<float>(vectors[0]!), 1e-6f);
    }

    [Theory]
    [InlineData(nameof(EncodingRole.Query), 7)]
    [InlineData(nameof(EncodingRole.Passage), 8)]
    public async Task Each_role_has_its_prefix(string role, int prefix)
    {
        WriteModel();
        var vectors = await EncodeAsync(
            Enum.Parse<EncodingRole>(role), ["toy"], ("QueryPrefix", "query: "), ("PassagePrefix", "passage: "), ("Normalize", "false"));
        Assert.Equal(Mean(2, prefix, 9, 5, 3), vectors[0]);
    }

    [Fact]
    public async Task Long_texts_are_cut_to_the_configured_tokens()
    {
        WriteModel();
        var vectors = await EncodeAsync(EncodingRole.Query, ["toy story toy story toy"], ("MaxTokens", "4"), ("Normalize", "false"));
        Assert.Equal(Mean(2, 5, 6, 3), vectors[0]);
    }

    [Fact]
    public async Task Token_types_are_given_where_the_model_wants_them()
    {
        WriteModel(tokenTypes: true);
        var vectors = await EncodeAsync(EncodingRole.Query, ["toy"], ("Normalize", "false"));
        Assert.Equal(Mean(2, 5, 3), vectors[0]);
    }

    [Theory]
    [InlineData("장난감 이야기")]
    [InlineData("unheard-of words")]
    [InlineData("")]
    public async Task Unknown_texts_have_no_embedding(string text)
    {
        WriteModel();
        Assert.Equal([null], await EncodeAsync(EncodingRole.Query, [text], ("QueryPrefix", "query: ")));
    }

    [Fact]
    public async Task A_vector_that_is_not_a_number_is_refused_and_the_others_stay()
    {
        WriteModel();
        var vectors = await EncodeAsync(EncodingRole.Query, ["toy", "broken", "story"]);
        Assert.NotNull(vectors[0]);
        Assert.Null(vectors[1]);
        Assert.NotNull(vectors[2]);
    }

    [Fact]
    public async Task A_wrong_dimension_says_the_right_one()
    {
        WriteModel();
        var exception = await Assert.ThrowsAsync<EncoderUnavailableException>(() => EncodeAsync(EncodingRole.Query, ["toy"], ("Dimension", "1024")));
        Assert.Contains("Encoder:Dimension=4", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pooling_that_the_model_cannot_give_says_what_it_has()
    {
        WriteModel();
        var exception = await Assert.ThrowsAsync<EncoderUnavailableException>(() => EncodeAsync(EncodingRole.Query, ["toy"], ("Pooling", "None")));
        Assert.Contains("last_hidden_state", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_model_is_refused()
    {
        WriteModel();
        await File.WriteAllTextAsync(Path.Combine(_folder, "model.onnx"), "not a model", TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<EncoderUnavailableException>(() => EncodeAsync(EncodingRole.Query, ["toy"]));
    }

    [Fact]
    public async Task A_missing_tokenizer_says_which_files_were_looked_for()
    {
        WriteModel();
        File.Delete(Path.Combine(_folder, "vocab.txt"));
        var exception = await Assert.ThrowsAsync<EncoderUnavailableException>(() => EncodeAsync(EncodingRole.Query, ["toy"]));
        Assert.Contains("sentencepiece.bpe.model", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_name_is_the_folders_and_the_dimension_the_models()
    {
        WriteModel();
        await using var services = EncoderFactory.Create(("Path", _folder));
        var encoder = services.GetRequiredService<ISentenceEncoder>();
        Assert.Equal(Path.GetFileName(_folder), encoder.Name);
        Assert.Equal(Dimension, await encoder.DimensionAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_vocabulary_is_judged_by_the_letters_that_it_knows()
    {
        // One unknown word of more letters than the two known ones have, and the other way round.
        WriteModel();
        var vectors = await EncodeAsync(EncodingRole.Query, ["toy toy extraterrestrial", "toy story et"]);
        Assert.Null(vectors[0]);
        Assert.NotNull(vectors[1]);
    }

    [Fact]
    public async Task A_model_of_english_alone_has_no_embedding_for_other_letters_that_its_vocabulary_holds()
    {
        WriteModel([.. Vocabulary, "и", "##д", "##и"]);
        string[] texts = ["иди"];
        Assert.NotNull(Assert.Single(await EncodeAsync(EncodingRole.Query, texts)));
        Assert.Null(Assert.Single(await EncodeAsync(EncodingRole.Query, texts, ("Multilingual", "false"))));
    }

    [Fact]
    public async Task An_encoder_that_is_switched_off_is_not_loaded()
    {
        await using var services = EncoderFactory.Create(("Enabled", "false"));
        var encoder = services.GetRequiredService<ISentenceEncoder>();
        Assert.False(encoder.IsEnabled);
        Assert.Null(encoder.NameIfEnabled);
        var exception = await Assert.ThrowsAsync<EncoderUnavailableException>(
            () => encoder.EncodeAsync(["toy"], EncodingRole.Query, TestContext.Current.CancellationToken));
        Assert.Contains("Encoder:Enabled", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Path", "/no/such/folder", "does not exist")]
    [InlineData("Dimension", "384", "Encoder:Path")]
    [InlineData("MaxBatchTokens", "0", "MaxBatchTokens")]
    [InlineData("Threads", "-1", "Threads")]
    public void Settings_that_cannot_work_are_refused_with_their_names(string key, string value, string expected)
    {
        using var services = EncoderFactory.Create((key, value));
        var exception = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<EncoderOptions>>().Value);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    private static float[] Row(int id) =>
        id < Vocabulary.Length && Vocabulary[id] == "broken" ? [float.NaN, 0, 0, 0] : [id, id * id, 1f / (id + 1), id % 3];

    private static float[] Mean(params int[] ids) =>
        [.. Enumerable.Range(0, Dimension)
            .Select(column => ids.Select(id => Row(id)[column]).Aggregate(0f, (sum, value) => sum + value) / ids.Length)];

    private void WriteModel(bool pooled = false, bool tokenTypes = false) => WriteModel(Vocabulary, pooled, tokenTypes);

    private void WriteModel(string[] vocabulary, bool pooled = false, bool tokenTypes = false)
    {
        var model = new OnnxModelBuilder("tiny");
        model.AddInput("input_ids", OnnxElementType.Int64, "batch", "token");
        model.AddInput("attention_mask", OnnxElementType.Int64, "batch", "token");
        if (tokenTypes)
        {
            model.AddInput("token_type_ids", OnnxElementType.Int64, "batch", "token");
        }

        model.AddInitializer("table", [.. Enumerable.Range(0, vocabulary.Length).SelectMany(Row)], vocabulary.Length, Dimension);
        model.AddNode("Gather", ["table", "input_ids"], ["last_hidden_state"]);
        if (pooled)
        {
            model.AddInitializer("axis", [1L], 1);
            model.AddNode("ReduceMean", ["last_hidden_state", "axis"], ["sentence_embedding"], OnnxAttribute.Int("keepdims", 0));
            model.AddOutput("sentence_embedding", OnnxElementType.Float, "batch", Dimension);
        }
        else
        {
            model.AddOutput("last_hidden_state", OnnxElementType.Float, "batch", "token", Dimension);
        }

        using (var file = File.Create(Path.Combine(_folder, "model.onnx")))
        {
            model.WriteTo(file);
        }

        File.WriteAllLines(Path.Combine(_folder, "vocab.txt"), vocabulary);
    }

    private async Task<IReadOnlyList<float[]?>> EncodeAsync(EncodingRole role, string[] texts, params (string Key, string Value)[] settings)
    {
        await using var services = EncoderFactory.Create([("Path", _folder), .. settings]);
        return await services.GetRequiredService<ISentenceEncoder>().EncodeAsync(texts, role, TestContext.Current.CancellationToken);
    }
}
