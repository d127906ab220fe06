// SPDX-License-Identifier: EUPL-1.2
//
// java -cp '<jars>' ValidateRecord.java RECORD FOLDER DAYS AUTHORITIES: has EU DSS judge an evidence record (RFC 4998)
// over all files of a folder, so many days from now, under the certificates (*.pem) and revocation lists (*.crl, DER) of
// a second folder. The status is 0 when each file is in the group of the record and nothing else is, every time stamp is
// intact and has a chain, and DSS says PASSED under the policy that it brings along. That no file is there that the group
// lacks is counted here: DSS looks for the hash values only.

import eu.europa.esig.dss.diagnostic.EvidenceRecordWrapper;
import eu.europa.esig.dss.diagnostic.TimestampWrapper;
import eu.europa.esig.dss.enumerations.DigestMatcherType;
import eu.europa.esig.dss.enumerations.EvidenceRecordTypeEnum;
import eu.europa.esig.dss.enumerations.Indication;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.spi.x509.revocation.crl.ExternalResourcesCRLSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

public final class ValidateRecord {
  private static boolean isGood = true;

  private static void expect(boolean holds, String what) {
    System.out.println((holds ? "  holds:  " : "  FAILS:  ") + what);
    isGood &= holds;
  }

  private static void judge(TimestampWrapper stamp) {
    final String what = stamp.getProductionTime() + " by " + stamp.getSigningCertificate().getCommonName();
    expect(stamp.isMessageImprintDataFound() && stamp.isMessageImprintDataIntact(), "imprint of the time stamp of " + what);
    expect(stamp.isSignatureIntact() && stamp.isSignatureValid(), "signature of the time stamp of " + what);
    expect(stamp.isTrustedChain(), "chain to an authority of the time stamp of " + what);
    long good = 0;
    long all = 0;
    for (final var one : stamp.getDigestMatchers()) {
      if (one.getType() == DigestMatcherType.MESSAGE_IMPRINT) continue;
      ++all;
      if (one.isDataFound() && one.isDataIntact()) ++good;
    }
    expect(good == all, good + " of " + all + " hash values lead to what the time stamp of " + what + " covers");
  }

  private static void judge(EvidenceRecordWrapper record, int contents, SimpleReport report) {
    expect(record.getEvidenceRecordType() == EvidenceRecordTypeEnum.ASN1_EVIDENCE_RECORD,
        "type " + record.getEvidenceRecordType());
    expect(record.isStructuralValidationValid(), "structure " + record.getStructuralValidationMessages());
    int covered = 0;
    for (final var one : record.getDigestMatchers()) {
      final boolean holds = one.getType() == DigestMatcherType.EVIDENCE_RECORD_ARCHIVE_OBJECT && one.isDataFound()
          && one.isDataIntact();
      if (!holds) expect(false, one.getType() + " " + one.getDocumentName());
      if (holds) ++covered;
    }
    expect(covered == contents, covered + " digests of " + contents + " different contents");
    final List<TimestampWrapper> stamps = record.getTimestampList();
    expect(!stamps.isEmpty(), stamps.size() + " time stamps");
    stamps.forEach(ValidateRecord::judge);
    final String id = record.getId();
    expect(report.getIndication(id) == Indication.PASSED,
        "indication " + report.getIndication(id) + " " + report.getSubIndication(id));
    System.out.println("  existed: " + report.getEvidenceRecordPOE(id));
    report.getAdESValidationErrors(id).forEach(one -> System.out.println("    error: " + one.getValue()));
    report.getAdESValidationWarnings(id).forEach(one -> System.out.println("    warning: " + one.getValue()));
  }

  public static void main(String[] arguments) throws IOException {
    final List<DSSDocument> files = new ArrayList<>();
    final Set<String> contents = new HashSet<>();
    final Path folder = Path.of(arguments[1]);
    try (final var paths = Files.walk(folder)) {
      for (final Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
        final FileDocument file = new FileDocument(path.toFile());
        file.setName(folder.relativize(path).toString());
        files.add(file);
        contents.add(Base64.getEncoder().encodeToString(Files.readAllBytes(path)));
      }
    }
    final var trusted = new CommonTrustedCertificateSource();
    final List<DSSDocument> lists = new ArrayList<>();
    for (final File file : new File(arguments[3]).listFiles()) {
      if (file.getName().endsWith(".pem")) trusted.addCertificate(DSSUtils.loadCertificate(file));
      if (file.getName().endsWith(".crl")) lists.add(new FileDocument(file));
    }
    final var verifier = new CommonCertificateVerifier();
    verifier.setTrustedCertSources(trusted);
    verifier.setCrlSource(new ExternalResourcesCRLSource(lists.toArray(new DSSDocument[0])));
    final var validator = SignedDocumentValidator.fromDocument(new FileDocument(new File(arguments[0])));
    validator.setCertificateVerifier(verifier);
    validator.setDetachedContents(files);
    validator.setValidationTime(Date.from(Instant.now().plus(Duration.ofDays(Long.parseLong(arguments[2])))));
    final var reports = validator.validateDocument();
    System.out.println(arguments[0] + " over " + files.size() + " files");
    final var records = reports.getDiagnosticData().getEvidenceRecords();
    expect(records.size() == 1, records.size() + " evidence record");
    for (final EvidenceRecordWrapper record : records) judge(record, contents.size(), reports.getSimpleReport());
    System.exit(isGood ? 0 : 1);
  }
}
