"""What people see and click; a package, so that its fixtures end with it."""
