/**
 * The FAPI page for administrators, below the admin console of a realm: its HTML, its headers and
 * its languages. The scripts and texts are in the themes; what they show comes from {@code rest}.
 * Start with {@link io.github.fapipack.adminpage.FapiPage}.
 */
package io.github.fapipack.adminpage;
