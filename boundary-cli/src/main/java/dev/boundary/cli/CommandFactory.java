package dev.boundary.cli;

import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Creates the objects that picocli needs, and gives each command its environment. */
record CommandFactory(CliEnvironment environment) implements IFactory {

    @Override
    public <K> K create(Class<K> type) throws Exception {
        K created = CommandLine.defaultFactory().create(type);
        if (created instanceof CliCommand command) {
            command.setEnvironment(environment);
        }
        return created;
    }
}
