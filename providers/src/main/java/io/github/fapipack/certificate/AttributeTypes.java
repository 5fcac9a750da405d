package io.github.fapipack.certificate;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The attribute types in certificates' names: by the short names of LDAP (RFC 4514, RFC 4519), of
 * ETSI EN 319 412 and of the CA/Browser Forum, in the spelling of OpenSSL and Java, and by OID.
 */
final class AttributeTypes {

  private static final Pattern OID = Pattern.compile("[0-2](\\.(0|[1-9][0-9]{0,18})){1,30}");

  /** Java's prefix of an OID. */
  private static final String OID_PREFIX = "oid.";

  /** In lower case. */
  private static final Map<String, String> OIDS = new HashMap<>();

  /** The name of each type in sentences. */
  private static final Map<String, String> NAMES = new LinkedHashMap<>();

  static {
    add("2.5.4.3", "CN", "commonName");
    add("2.5.4.4", "SN", "surname");
    add("2.5.4.5", "serialNumber");
    add("2.5.4.6", "C", "countryName");
    add("2.5.4.7", "L", "localityName");
    add("2.5.4.8", "ST", "stateOrProvinceName", "S");
    add("2.5.4.9", "STREET", "streetAddress");
    add("2.5.4.10", "O", "organizationName");
    add("2.5.4.11", "OU", "organizationalUnitName");
    add("2.5.4.12", "title", "T");
    add("2.5.4.13", "description");
    add("2.5.4.15", "businessCategory");
    add("2.5.4.16", "postalAddress");
    add("2.5.4.17", "postalCode");
    add("2.5.4.18", "postOfficeBox");
    add("2.5.4.20", "telephoneNumber");
    add("2.5.4.41", "name");
    add("2.5.4.42", "givenName", "GN", "G");
    add("2.5.4.43", "initials");
    add("2.5.4.44", "generationQualifier", "generation");
    add("2.5.4.45", "x500UniqueIdentifier", "uniqueIdentifier");
    add("2.5.4.46", "dnQualifier", "DNQ");
    add("2.5.4.51", "houseIdentifier");
    add("2.5.4.54", "dmdName");
    add("2.5.4.65", "pseudonym");
    add("2.5.4.72", "role");
    add("2.5.4.97", "organizationIdentifier");
    add("2.5.4.98", "countryCode3c", "c3");
    add("2.5.4.99", "countryCode3n", "n3");
    add("0.9.2342.19200300.100.1.1", "UID", "userId");
    add("0.9.2342.19200300.100.1.3", "mail", "rfc822Mailbox");
    add("0.9.2342.19200300.100.1.25", "DC", "domainComponent");
    add("1.2.840.113549.1.9.1", "emailAddress", "E", "email");
    add("1.2.840.113549.1.9.2", "unstructuredName");
    add("1.2.840.113549.1.9.8", "unstructuredAddress");
    addJurisdiction(1, "LocalityName", "L");
    addJurisdiction(2, "StateOrProvinceName", "ST");
    addJurisdiction(3, "CountryName", "C");
    add("1.3.6.1.5.5.7.9.1", "dateOfBirth");
    add("1.3.6.1.5.5.7.9.2", "placeOfBirth");
    add("1.3.6.1.5.5.7.9.3", "gender");
    add("1.3.6.1.5.5.7.9.4", "countryOfCitizenship");
    add("1.3.6.1.5.5.7.9.5", "countryOfResidence");
    add("1.3.36.8.3.14", "nameAtBirth");
    add("1.3.6.1.4.1.42.2.11.2.1", "IP");
    add("1.2.643.3.131.1.1", "INN");
    add("1.2.643.100.1", "OGRN");
    add("1.2.643.100.3", "SNILS");
    add("1.2.643.100.4", "INNLE");
    add("1.2.643.100.5", "OGRNIP");
  }

  private AttributeTypes() {}

  /** The names of the CA/Browser Forum and of OpenSSL for the place of a company's registration. */
  private static void addJurisdiction(int arc, String field, String shortField) {
    add(
        "1.3.6.1.4.1.311.60.2.1." + arc,
        "jurisdiction" + field,
        "jurisdictionOfIncorporation" + field,
        "jurisdiction" + shortField,
        "jurisdictionOfIncorporation" + shortField);
  }

  private static void add(String oid, String... names) {
    NAMES.put(oid, names[0]);
    for (String name : names) {
      OIDS.put(name.toLowerCase(Locale.ROOT), oid);
    }
  }

  /** The OID of a type as it is written in a name; empty if it is unknown. */
  static Optional<String> oid(String type) {
    String lower = type.toLowerCase(Locale.ROOT);
    String number = lower.startsWith(OID_PREFIX) ? lower.substring(OID_PREFIX.length()) : lower;
    return OID.matcher(number).matches()
        ? Optional.of(number)
        : Optional.ofNullable(OIDS.get(lower));
  }

  /** The names by OID. */
  static Map<String, String> names() {
    return Collections.unmodifiableMap(NAMES);
  }

  /** The name of a type in sentences. */
  static String name(String oid) {
    return NAMES.getOrDefault(oid, oid);
  }
}
