package io.github.fapipack.portal;

/** The pages below {@code /realms/{realm}/fapi-scheme/}. */
public final class Portal {
  private Portal() {}
}
