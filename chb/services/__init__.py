"""One function per thing a person does: check, load, compute, save."""
