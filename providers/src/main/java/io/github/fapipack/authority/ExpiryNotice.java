package io.github.fapipack.authority;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.OrganizationProvider;

/**
 * Tells one organisation of certificates that expire: an event of the realm for each certificate,
 * and one mail to everybody who looks after them, if the realm can send mail.
 */
record ExpiryNotice(String organisationId, List<Issued> certificates, int days) {

  private static final Logger LOGGER = Logger.getLogger(ExpiryNotice.class);

  /** The names of the organization's groups whose members look after certificates. */
  private static final Set<String> GROUPS = Set.of("administrators", "technical");

  private static final int MOST_GROUPS = 100;
  private static final int MOST_PEOPLE = 50;

  void deliver(KeycloakSession session, RealmModel realm) {
    certificates.forEach(issued -> write(session, realm, issued));
    OrganizationModel organization =
        session.getProvider(OrganizationProvider.class).getById(organisationId);
    if (organization == null) {
      return;
    }
    LOGGER.infof(
        "%d certificates of organisation %s in realm %s expire within %d days",
        certificates.size(), organisationId, realm.getName(), days);
    if (!realm.getSmtpConfig().getOrDefault("host", "").isBlank()) {
      people(session, realm, organization)
          .forEach(user -> mail(session, realm, organization, user));
    }
  }

  private void write(KeycloakSession session, RealmModel realm, Issued issued) {
    new EventBuilder(realm, session)
        .event(EventType.CLIENT_UPDATE)
        .client(issued.softwareId())
        .detail("fapi_certificate_serial", issued.serial())
        .detail("fapi_certificate_use", issued.use().jsonName())
        .detail("fapi_certificate_not_after", issued.notAfter().toString())
        .detail("fapi_certificate_notice_days", String.valueOf(days))
        .detail("fapi_organisation_id", organisationId)
        .success();
  }

  private static List<UserModel> people(
      KeycloakSession session, RealmModel realm, OrganizationModel organization) {
    Map<String, UserModel> found =
        session
            .getProvider(OrganizationProvider.class)
            .getTopLevelGroups(organization, 0, MOST_GROUPS)
            .filter(group -> GROUPS.contains(group.getName()))
            .flatMap(group -> session.users().getGroupMembersStream(realm, group, 0, MOST_PEOPLE))
            .filter(user -> user.isEnabled() && user.getEmail() != null)
            .collect(Collectors.toMap(UserModel::getId, user -> user, (one, same) -> one));
    return found.values().stream().limit(MOST_PEOPLE).toList();
  }

  private void mail(
      KeycloakSession session, RealmModel realm, OrganizationModel organization, UserModel user) {
    Map<String, Object> attributes = new HashMap<>();
    attributes.put(Constants.IGNORE_ACCEPT_LANGUAGE_HEADER, "true");
    attributes.put("organisation", organization.getName());
    attributes.put("certificates", certificates.stream().map(ExpiryNotice::shown).toList());
    try {
      EmailTemplateProvider mail = session.getProvider(EmailTemplateProvider.class);
      mail.setRealm(realm).setUser(user);
      attributes.forEach(mail::setAttribute);
      mail.send("fapi.expiry.subject", List.of(), "fapi-expiry.ftl", attributes);
    } catch (EmailException | RuntimeException e) {
      LOGGER.errorf(
          e, "User %s cannot be told by mail that certificates expire", user.getUsername());
    }
  }

  private static Map<String, String> shown(Issued issued) {
    return Map.of(
        "subject",
        issued.subject(),
        "serial",
        issued.serial(),
        "end",
        DateTimeFormatter.ISO_LOCAL_DATE.format(issued.notAfter().atOffset(ZoneOffset.UTC)));
  }
}
