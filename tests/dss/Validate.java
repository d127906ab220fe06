// SPDX-License-Identifier: EUPL-1.2
//
// java -cp '<jars>' Validate.java AUTHORITY.pem PACKAGE: has EU DSS judge a package signed under that authority. The
// status is 0 when it is an ASiC-E container, each signature is CAdES-B-B, intact and TOTAL-PASSED under the policy
// that DSS brings along, the manifest holds, and every file of the container is in the scope of every signature.

import eu.europa.esig.dss.diagnostic.DiagnosticData;
import eu.europa.esig.dss.diagnostic.SignatureWrapper;
import eu.europa.esig.dss.diagnostic.jaxb.XmlDigestMatcher;
import eu.europa.esig.dss.enumerations.ASiCContainerType;
import eu.europa.esig.dss.enumerations.DigestMatcherType;
import eu.europa.esig.dss.enumerations.Indication;
import eu.europa.esig.dss.enumerations.SignatureLevel;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import java.io.File;
import java.util.Set;
import java.util.TreeSet;

public final class Validate {
  private static boolean isGood = true;

  private static void expect(boolean holds, String what) {
    System.out.println((holds ? "  holds:  " : "  FAILS:  ") + what);
    isGood &= holds;
  }

  private static Set<String> digested(SignatureWrapper signature, DigestMatcherType type) {
    final Set<String> names = new TreeSet<>();
    for (final XmlDigestMatcher one : signature.getDigestMatchers()) {
      if (one.getType() != type) continue;
      expect(one.isDataFound() && one.isDataIntact(), type + " " + one.getDocumentName());
      names.add(String.valueOf(one.getDocumentName()));
    }
    return names;
  }

  private static void judge(SignatureWrapper signature, SimpleReport report, Set<String> files) {
    final String id = signature.getId();
    expect(signature.getSignatureFormat() == SignatureLevel.CAdES_BASELINE_B, "format " + signature.getSignatureFormat());
    expect(signature.isStructuralValidationValid(), "structure " + signature.getStructuralValidationMessages());
    expect(signature.isSignatureIntact() && signature.isSignatureValid(), "signature intact and valid");
    expect(signature.isTrustedChain(), "chain to the authority");
    expect(!digested(signature, DigestMatcherType.MESSAGE_DIGEST).isEmpty(), "the manifest is digested");
    expect(digested(signature, DigestMatcherType.MANIFEST_ENTRY).equals(files), "manifest entries are the files " + files);
    final Set<String> scope = new TreeSet<>();
    signature.getSignatureScopes().forEach(one -> scope.add(one.getName()));
    expect(scope.containsAll(files), "scope " + scope);
    expect(report.getIndication(id) == Indication.TOTAL_PASSED,
        "indication " + report.getIndication(id) + " " + report.getSubIndication(id));
    report.getAdESValidationErrors(id).forEach(one -> System.out.println("    error: " + one.getValue()));
    report.getAdESValidationWarnings(id).forEach(one -> System.out.println("    warning: " + one.getValue()));
  }

  public static void main(String[] arguments) {
    final var trusted = new CommonTrustedCertificateSource();
    trusted.addCertificate(DSSUtils.loadCertificate(new File(arguments[0])));
    final var verifier = new CommonCertificateVerifier();
    verifier.setTrustedCertSources(trusted);
    final var validator = SignedDocumentValidator.fromDocument(new FileDocument(new File(arguments[1])));
    validator.setCertificateVerifier(verifier);
    final var reports = validator.validateDocument();
    final DiagnosticData data = reports.getDiagnosticData();
    System.out.println(arguments[1]);
    expect(data.getContainerType() == ASiCContainerType.ASiC_E, "container " + data.getContainerType());
    if (data.getContainerInfo() == null) System.exit(1);
    final Set<String> files = new TreeSet<>(data.getContainerInfo().getContentFiles());
    expect(!files.isEmpty() && !data.getSignatures().isEmpty(), "there are files and signatures");
    for (final SignatureWrapper signature : data.getSignatures()) judge(signature, reports.getSimpleReport(), files);
    System.exit(isGood ? 0 : 1);
  }
}
