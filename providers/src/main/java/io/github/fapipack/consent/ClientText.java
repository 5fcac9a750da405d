package io.github.fapipack.consent;

import freemarker.template.TemplateScalarModel;

/**
 * A text of a client in a template: output uses the safe form, comparisons and formatting use the
 * original.
 */
record ClientText(String original) implements TemplateScalarModel {

  @Override
  public String getAsString() {
    return SafeText.of(original);
  }
}
