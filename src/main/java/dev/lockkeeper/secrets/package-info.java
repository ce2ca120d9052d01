/** The only package that knows the AWS SDK. */
@NullMarked
package dev.lockkeeper.secrets;

import org.jspecify.annotations.NullMarked;
