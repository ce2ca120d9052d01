/**
 * What every command is built on: what it is given, what it counts, how it is stopped.
 *
 * <p>The main thread does the work. The others are:
 *
 * <pre>
 * thread           started by         shares with the main thread
 * signal           Lockkeeper         asks for the Stop; awaits the Ending, and halts the process
 * deadline         Execution          awaits the Ending; asks for the Stop if it comes too late
 * stop             Canceller          awaits the Ending; cancels and aborts the connection of the session
 * watch            watch.Watch        reads Underway and Stop; logs in by Credentials, and uses the Monitor; writes
 *                                     LastBlockers; aborts the connection of the session
 * notices          NoticePoller       follows the warnings of the statement that runs; reads Underway
 * connect          postgres.Attempt   gives a connection to the thread that waits for it: main, or watch
 * late connection  postgres.Attempt   closes the connection that nobody waits for any more
 * </pre>
 *
 * <p>Main, watch and notices report events ({@code Reporter}). Only the main thread uses what isn't named here.
 */
@NullMarked
package dev.lockkeeper.run;

import org.jspecify.annotations.NullMarked;
