package dev.lockkeeper.model.event;

/**
 * Where a change set is in a run.
 *
 * @param number counts from 1
 * @param total the change sets to be applied
 */
public record Place(int number, int total) {}
