using System.Globalization;
using System.Xml;
using GitOpsPolicy.Policies.Testing;

namespace GitOpsPolicy.Reports;

/// <summary>What rule tests gave, as JUnit XML: a suite per test file's name, a case per case.</summary>
public static class RuleTestJUnitReport
{
    /// <summary>Writes the whole report.</summary>
    public static void Write(RuleTestReport report, TextWriter writer)
    {
        writer.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        using var xml = XmlWriter.Create(
            writer, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true, CloseOutput = false });
        xml.WriteStartElement("testsuites");
        WriteCounts(xml, "gitops-policy test", [.. report.Results]);
        foreach (var suite in report.Results.GroupBy(static result => result.Test, StringComparer.Ordinal))
        {
            xml.WriteStartElement("testsuite");
            WriteCounts(xml, suite.Key, [.. suite]);
            foreach (var result in suite) WriteCase(xml, result);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.Flush();
        writer.WriteLine();
    }

    private static void WriteCounts(XmlWriter xml, string name, List<RuleTestResult> results)
    {
        xml.WriteAttributeString("name", XmlText.OneLine(name));
        xml.WriteAttributeString("tests", results.Count.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString(
            "failures", results.Count(static result => !result.Passed).ToString(CultureInfo.InvariantCulture));
    }

    private static void WriteCase(XmlWriter xml, RuleTestResult result)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", XmlText.OneLine(result.Test));
        xml.WriteAttributeString("name", XmlText.OneLine(result.Case));
        xml.WriteAttributeString("file", XmlText.OneLine(result.Location.File));
        xml.WriteAttributeString("line", result.Location.Line.ToString(CultureInfo.InvariantCulture));
        if (!result.Passed)
        {
            xml.WriteStartElement("failure");
            xml.WriteAttributeString("message", XmlText.OneLine(result.Failures[0].Message));
            xml.WriteString(string.Join(
                '\n', result.Failures.Select(static failure => XmlText.OneLine($"{failure.Location}: {failure.Message}"))));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }
}
