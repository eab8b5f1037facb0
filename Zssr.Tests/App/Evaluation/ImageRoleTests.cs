using Zssr.App.Evaluation;

namespace Zssr.Tests.App.Evaluation;

/// <summary>The layouts in which people keep test sets.</summary>
public sealed class ImageRoleTests
{
    [TestCase("img_001_SRF_2_HR.png", "Large", "img_001_SRF_2")]
    [TestCase("img_001_SRF_2_LR.png", "Small", "img_001_SRF_2")]
    [TestCase("image_SRF_2/img_001_SRF_2_LR.png", "Small", "image_SRF_2/img_001_SRF_2")]
    [TestCase("bsd_001_gt.png", "Large", "bsd_001")]
    [TestCase("bsd_001.png", "Unknown", "bsd_001")]
    [TestCase("bird-lr.bmp", "Small", "bird")]
    [TestCase("HR/baby.png", "Large", "baby")]
    [TestCase("LR_bicubic/X2/babyx2.png", "Small", "babyx2", "baby")]
    [TestCase("Set5/HR/baby.png", "Large", "Set5/baby")]
    [TestCase("Set5/LR_bicubic/X2/babyx2.png", "Small", "Set5/babyx2", "Set5/baby")]
    [TestCase("DIV2K_valid_HR/0801.png", "Large", "0801")]
    [TestCase("DIV2K_valid_LR_bicubic/X4/0801x4.png", "Small", "0801x4", "0801")]
    [TestCase("GTmod12/baby.png", "Large", "baby")]
    [TestCase("LRbicx2/baby.png", "Small", "baby")]
    [TestCase("HR/LR/baby.png", "Small", "baby")]
    [TestCase("LR/baby_HR.png", "Large", "baby")]
    [TestCase("through/hrung/lrx.png", "Unknown", "through/hrung/lrx")]
    [TestCase("_HR.png", "Unknown", "_HR")]
    [TestCase("HR/x2.png", "Large", "x2")]
    [TestCase("LR/x2.png", "Small", "x2")]
    public void A_path_says_what_an_image_is_and_which_pair_it_belongs_to(string path, string kind, params string[] keys)
    {
        var role = ImageRole.Of(path.Replace('/', Path.DirectorySeparatorChar));
        Assert.That(role.Kind.ToString(), Is.EqualTo(kind));
        Assert.That(role.Keys, Is.EqualTo(keys));
    }
}
