"""The measured job of `parcels` side by side with the tools a user would otherwise pick. Started by Scripts/bench."""
