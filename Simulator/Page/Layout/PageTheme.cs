using MudBlazor;

namespace WhatsAppBuffer.Simulator.Page.Layout;

/// <summary>The component library in the page's colours; the same stand in <c>page.css</c> for what is drawn without it.</summary>
internal static class PageTheme
{
    private static readonly string[] Font = ["Inter", "system-ui", "sans-serif"];

    public static MudTheme Create()
    {
        var theme = new MudTheme
        {
            PaletteLight = new PaletteLight
            {
                Primary = "#0B6B4E", PrimaryContrastText = "#FFFFFF", Background = "#F6F7F5", Surface = "#FFFFFF", TextPrimary = "#141A18", TextSecondary = "#47524E",
                ActionDefault = "#47524E", LinesDefault = "#E0E4DF", LinesInputs = "#7E8984", Divider = "#E0E4DF", Error = "#AF1F1A", Warning = "#845000",
            },
            PaletteDark = new PaletteDark
            {
                Primary = "#4ED3A0", PrimaryContrastText = "#04231A", Background = "#0D1211", Surface = "#151B1A", TextPrimary = "#EDF2F0", TextSecondary = "#B4C0BB",
                ActionDefault = "#B4C0BB", LinesDefault = "#252E2B", LinesInputs = "#75827D", Divider = "#252E2B", Error = "#FF8F86", Warning = "#F0BA54",
            },
            LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px" },
        };
        theme.Typography.Default.FontFamily = Font;
        theme.Typography.Button.TextTransform = "none";
        theme.Typography.Button.FontWeight = "600";
        return theme;
    }
}
