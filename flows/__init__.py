"""Where everything meets: the timetable, the runner, the readers, the command."""
