package io.github.fapipack.participants;

import io.github.fapipack.ecosystem.ParticipantState;
import java.util.List;

/**
 * What a software statement says of a software.
 *
 * @param softwareId the directory's id
 * @param softwareName null if the statement has none
 * @param organisationId the directory's id
 * @param organisationName null if the statement has none
 * @param roles the active roles
 * @param state what the statement says; null if it says nothing
 * @param why the name of that state in the statement; null if it says nothing
 * @param statementAt when the statement was issued, in milliseconds since 1970; null if there is
 *     none
 * @param certificate the client certificate with which it was sent; null if there was none
 */
public record NewSoftware(
    String softwareId,
    String softwareName,
    String organisationId,
    String organisationName,
    List<String> roles,
    ParticipantState state,
    String why,
    Long statementAt,
    Software.Certificate certificate) {

  /** The longest id that can be stored. */
  public static final int LONGEST_ID = 255;

  public NewSoftware {
    roles = List.copyOf(roles);
  }

  /** Whether a text can be the id of an organisation or of a software. */
  public static boolean isId(String text) {
    return text != null
        && !text.isBlank()
        && text.length() <= LONGEST_ID
        && text.chars()
            .noneMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c));
  }
}
