/** Reads secrets from AWS Secrets Manager and makes IAM tokens; the only package that imports the AWS SDK. */
@NullMarked
package dev.lockkeeper.secrets;

import org.jspecify.annotations.NullMarked;
