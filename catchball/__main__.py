"""`python -m catchball`."""

import sys

from catchball import main

sys.exit(main())
