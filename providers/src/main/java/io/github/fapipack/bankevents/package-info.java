/**
 * What the bank tells of its consents: that one has ended, by the admin API or by a signed event of
 * its consent service. Start with {@link io.github.fapipack.bankevents.BankRevocation}.
 */
package io.github.fapipack.bankevents;
