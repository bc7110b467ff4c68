package com.acme.library;

import dev.boundary.testing.BoundaryTest;
import dev.boundary.testing.IsolationContract;

@BoundaryTest
class LibraryIsolationTest extends IsolationContract {}
