/** TLS to RDS: which certificate authorities a host name is verified against. */
@NullMarked
package dev.lockkeeper.postgres.tls;

import org.jspecify.annotations.NullMarked;
