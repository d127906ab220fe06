// SPDX-License-Identifier: EUPL-1.2
//
// java -cp '<jars>' Validate.java FILE...: each file against PDF/A-3b (ISO 19005-3) with veraPDF. The status is 0 when
// all conform; each rule that fails is named once per file.

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

public final class Validate {
  private static boolean conforms(Path file) throws Exception {
    final PDFAFlavour flavour = PDFAFlavour.PDFA_3_B;
    final Set<String> failed = new TreeSet<>();
    final ValidationResult result;
    try (var input = Files.newInputStream(file);
        var parser = Foundries.defaultInstance().createParser(input, flavour);
        var validator = Foundries.defaultInstance().createValidator(flavour, false)) {
      result = validator.validate(parser);
    }
    for (final TestAssertion assertion : result.getTestAssertions()) {
      if (assertion.getStatus() == TestAssertion.Status.FAILED) {
        failed.add(assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber() + ": " + assertion.getMessage());
      }
    }
    final boolean isEmpty = result.getTotalAssertions() == 0;
    System.out.printf("%s: %s, %d assertions%n", file, result.isCompliant() ? "PDF/A-3b" : "not PDF/A-3b", result.getTotalAssertions());
    failed.forEach(line -> System.out.println("  " + line));
    return result.isCompliant() && !isEmpty;
  }

  public static void main(String[] files) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    boolean isGood = files.length > 0;
    for (final String file : files) isGood &= conforms(Path.of(file));
    System.exit(isGood ? 0 : 1);
  }
}
