package io.github.fapipack.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/** What certificates for one use say. */
public final class CertificateTemplate {

  private static final Pattern DNS_NAME =
      Pattern.compile("(?=.{1,253}$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.?)+(?<!\\.)");

  /** The characters of URIs (RFC 3986). */
  private static final Pattern URI =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{0,30}:[A-Za-z0-9._~:/?#\\[\\]@!$&'()*+,;=%-]{1,500}");

  private final SubjectNames subject;
  private final List<Text> dnsNames;
  private final List<Text> uris;
  private final Duration lifetime;

  CertificateTemplate(TemplateFile.Certificate file, String at) {
    subject = new SubjectNames(file.subject(), at + "/subject");
    dnsNames = texts(file.dnsNames(), at + "/dns_names");
    uris = texts(file.uris(), at + "/uris");
    lifetime = Duration.ofDays(file.days());
  }

  private static List<Text> texts(List<String> lines, String at) {
    List<Text> texts = new ArrayList<>();
    for (String line : lines) {
      texts.add(Members.text(line, Vocabulary.ofCertificate(), at + "/" + texts.size()));
    }
    return texts;
  }

  /** The subject. */
  public X500Principal subject(Values values) {
    return subject.fill(values);
  }

  /** The DNS names, without those that are not well-formed. */
  public List<String> dnsNames(Values values) {
    return filled(dnsNames, values, DNS_NAME);
  }

  /** The URIs, without those that are not well-formed. */
  public List<String> uris(Values values) {
    return filled(uris, values, URI);
  }

  public Duration lifetime() {
    return lifetime;
  }

  private static List<String> filled(List<Text> texts, Values values, Pattern form) {
    List<String> filled = new ArrayList<>();
    for (Text text : texts) {
      JsonNode value = text.fill(values);
      if (value != null && form.matcher(value.asText()).matches()) {
        filled.add(value.asText());
      }
    }
    return filled;
  }
}
