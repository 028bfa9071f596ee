"""What every slice stands on: errors, time, identity of rows, permits, views, the unit of work, journal and claims."""
