"""The command `auditor models`: Argos packages listed, installed and removed. Nothing here is used by an audit.

archive   a package file: what is refused, and the safe way to unpack it
trial     the unpacked model in a process of its own: does it load, does it say anything
store     the packages folder: putting in place and removing, one process at a time
index     what the Argos index offers
download  a large file that can be resumed
command   the three commands, their messages and the progress bar
"""
