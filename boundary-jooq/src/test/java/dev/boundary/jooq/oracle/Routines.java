package dev.boundary.jooq.oracle;

import dev.boundary.jooq.clubs.App;
import org.jooq.Configuration;
import org.jooq.Field;
import org.jooq.Parameter;
import org.jooq.impl.AbstractRoutine;
import org.jooq.impl.DSL;
import org.jooq.impl.Internal;
import org.jooq.impl.SQLDataType;

/** Stored functions and procedures, as jOOQ's generator makes their classes. */
final class Routines {

    private Routines() {}

    static Field<Integer> doubled(Field<Integer> n) {
        Doubled function = new Doubled();
        function.n(n);
        return function.asField();
    }

    static Integer doubled(Configuration configuration, int n) {
        Doubled function = new Doubled();
        function.n(n);
        function.execute(configuration);
        return function.getReturnValue();
    }

    static int tidy(Configuration configuration) {
        return new Tidy().execute(configuration);
    }

    private static final class Doubled extends AbstractRoutine<Integer> {
        private static final long serialVersionUID = 1L;
        static final Parameter<Integer> RESULT = Internal.createParameter("RETURN_VALUE", SQLDataType.INTEGER, false);
        static final Parameter<Integer> N = Internal.createParameter("n", SQLDataType.INTEGER, false);

        Doubled() {
            super("doubled", App.APP, DSL.comment(""), SQLDataType.INTEGER);
            setReturnParameter(RESULT);
            addInParameter(N);
        }

        void n(Field<Integer> value) {
            setField(N, value);
        }

        void n(int value) {
            setValue(N, value);
        }
    }

    private static final class Tidy extends AbstractRoutine<Void> {
        private static final long serialVersionUID = 1L;

        Tidy() {
            super("tidy", App.APP, DSL.comment(""));
        }
    }
}
